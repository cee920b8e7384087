"""What the project promises, tried out; mirrors the packages."""
