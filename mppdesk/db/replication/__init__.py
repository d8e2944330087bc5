"""One of many stores of a site's journal: what it gives, takes, holds back and asks."""
