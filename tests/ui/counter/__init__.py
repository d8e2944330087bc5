"""Tests of the counter window, by keyboard and without it."""
