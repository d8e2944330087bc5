"""The sample office: a whole day of invented citizens on the real code, with windows or without a display."""
