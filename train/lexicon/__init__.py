"""Words out of dictionaries, their forms, and the frames that show them to a translator."""
