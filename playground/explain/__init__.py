"""Text in, trace out: one module a tab. Tensors end here; nothing is kept between two calls."""
