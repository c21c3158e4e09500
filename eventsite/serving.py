"""The site behind gunicorn, in this process: what `serve` and `demo` share."""

import socket
from collections.abc import Callable, Mapping

from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from eventsite.masking import Mask

LONGEST_REQUEST_LINE = 8190  # bytes; over that, the server's own plain 400


def web_address(host: str, port: int) -> str:
    """Return the address of a server on this machine, without a slash at its end."""
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://{bracketed(host)}:{port}"


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def check_port(host: str, port: int) -> None:
    """Refuse, in one line, an address that cannot be listened at."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
    except (OSError, OverflowError) as error:
        raise CommandError(
            f"Port {port} of {host} cannot be had ({reason(error)}); choose another with --port."
        ) from error


def reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


class MaskedLogger(Logger):
    """Gunicorn's log, which tells of requests that fail by their address, without keys."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.addFilter(Mask())


class Server(BaseApplication):
    """Gunicorn with threads; `ready` is called once it listens."""

    def __init__(
        self, host: str, port: int, workers: int, threads: int, ready: Callable[[], None]
    ) -> None:
        self.options: Mapping[str, object] = {
            "bind": f"{bracketed(host)}:{port}",
            "worker_class": "gthread",
            "workers": workers,
            "threads": threads,
            "limit_request_line": LONGEST_REQUEST_LINE,
            "loglevel": "warning",
            "logger_class": MaskedLogger,
            "control_socket_disable": True,
            "when_ready": lambda arbiter: ready(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return get_wsgi_application()
