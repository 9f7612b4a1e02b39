"""The page on Ray Serve: models as replicas of their own, the page as replicas in front of them."""
