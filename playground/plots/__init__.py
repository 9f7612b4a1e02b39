"""One figure a module: arrays and words in, a Plotly figure (or rows of text) out."""
