"""Placing the talks of tracks in blocks and rooms: conferences of hundreds of talks in tracks."""
