"""A lively studio, made from one number."""
