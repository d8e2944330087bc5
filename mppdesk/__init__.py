"""Front-desk software for an Indonesian Mal Pelayanan Publik."""

__version__ = "0.1.0"
