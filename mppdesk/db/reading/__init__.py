"""What windows and verbs are told: questions to the views, answered in frozen values."""
