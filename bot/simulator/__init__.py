"""The embedded Telegram: a Bot API engine at the wire level, its HTTP adapter and its page.

It knows only the wire: it imports neither ``telegram`` nor anything of Passerelle, so that it can
judge the program as a real server would. ``engine.Engine`` is the way in.
"""
