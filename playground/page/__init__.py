"""The only rooms that know Gradio: what is declared becomes components, events and endpoints."""
