"""Shanhai 山海: the platform on which two partnered governments run their East–West cooperation (东西部协作)."""

__version__ = "0.1.0"
