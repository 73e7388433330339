"""The wire's own words and shapes: strict bodies out, lenient answers in. They stop here."""
