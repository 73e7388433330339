"""A terminal front desk for locations that run on Altegio."""

__version__ = "0.1.0"
