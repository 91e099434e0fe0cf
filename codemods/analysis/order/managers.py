"""Context managers that let every exception through: what follows the `with` follows its body."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.analysis.module import Module

LETTING = frozenset({
    "builtins.open", "codecs.open", "io.open", "os.scandir", "gzip.open", "bz2.open", "lzma.open", "tarfile.open", "zipfile.ZipFile",
    "tempfile.TemporaryFile", "tempfile.NamedTemporaryFile", "tempfile.TemporaryDirectory", "tempfile.SpooledTemporaryFile",
    "subprocess.Popen", "socket.socket", "socket.create_connection", "sqlite3.connect", "urllib.request.urlopen", "shelve.open",
    "threading.Lock", "threading.RLock", "multiprocessing.Pool", "concurrent.futures.ThreadPoolExecutor",
    "concurrent.futures.ProcessPoolExecutor", "contextlib.closing", "contextlib.redirect_stdout", "contextlib.redirect_stderr",
    "contextlib.nullcontext", "warnings.catch_warnings", "decimal.localcontext",
    "torch.no_grad", "torch.enable_grad", "torch.inference_mode", "torch.autocast", "torch.amp.autocast", "torch.cuda.amp.autocast",
    "numpy.errstate", "numpy.printoptions", "tqdm.tqdm", "tqdm.auto.tqdm", "PIL.Image.open", "requests.Session", "h5py.File",
})  # fmt: skip
"""Functions and classes, of the standard library and of libraries much used with it, whose managers' `__exit__` returns nothing."""


def lets_through(manager: ast.expr, module: Module) -> bool:
    """Whether a manager of a `with` certainly swallows nothing, as far as that can be told without types."""
    match manager:
        case ast.Call(func=ast.Attribute(value=ast.Call(func=made), attr="open")):
            return module.origin(made) == "pathlib.Path"
        case ast.Call(func=function):
            return module.origin(function) in LETTING
        case _:
            return False
