"""A building of real processes in a storm: killed at random, joined by bad lines, and held to its promises after it."""
