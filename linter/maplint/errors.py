"""The one error that maplint raises on purpose."""


class MaplintError(Exception):
    """Something the user can put right: wrong usage, a bad configuration, a path that is not there.

    The message is one sentence that names the thing and the way out. The command line prints it and exits
    with status 2; nothing else turns an exception into an exit status.
    """
