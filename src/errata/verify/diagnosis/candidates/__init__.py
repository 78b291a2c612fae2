"""Where candidates for the right line come from: one generator a file, cheap ones first."""
