"""The Altegio API: typed operations in, typed resources out. Knows neither the desk nor Textual."""
