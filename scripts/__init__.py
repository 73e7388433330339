"""What the project does for itself: pictures for the README, and the commands that the README shows."""
