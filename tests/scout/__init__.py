"""Tests of the process that asks for the first day."""
