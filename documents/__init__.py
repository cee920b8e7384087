"""Council documents turned into records; pure but for the file."""
