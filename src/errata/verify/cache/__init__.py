"""What was found before, kept for the next run: never trusted beyond its key, never needed."""
