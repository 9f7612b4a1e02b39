"""What changes pairs or makes more of them: typing, frames, and which machine-made ones to keep."""
