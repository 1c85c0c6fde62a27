# The image of every Warraq process: set-up, workers, beat, Flower, command line.
#
# The base is an argument, so that a company's mirror or another Debian can stand in. It is pinned by
# its exact tag: a digest belongs to one registry's copy and could not be looked up where this was
# written, so whoever releases adds it: --build-arg PYTHON_IMAGE=python:3.11.15-slim-bookworm@sha256:…
ARG PYTHON_IMAGE=python:3.11.15-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python3 -m venv /opt/warraq
# The dependencies alone first: this layer lasts until the lock file changes. Only wheels, only with
# the digests of the lock file, so nothing is compiled and nothing unknown is run.
COPY requirements.lock /source/
RUN /opt/warraq/bin/pip install --require-hashes --only-binary :all: -r /source/requirements.lock
COPY pyproject.toml README.md LICENSE /source/
COPY config /source/config
COPY stack /source/stack
COPY tasks /source/tasks
COPY warraq /source/warraq
COPY workers /source/workers
# setuptools, which builds it, is in the lock file too: no isolation that would fetch another. The
# bytecode is made here, because the root file system is read-only when it runs.
RUN /opt/warraq/bin/pip install --no-deps --no-build-isolation /source \
    && /opt/warraq/bin/pip uninstall --yes pip \
    && /opt/warraq/bin/python -m compileall -q /opt/warraq/lib

FROM ${PYTHON_IMAGE}
ENV PATH=/opt/warraq/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    WARRAQ_STATE=/tmp/warraq \
    WARRAQ_CACHE=/tmp/warraq-cache
# /keys is where `warraq setup` puts the API keys: a new volume takes over its owner.
RUN groupadd --gid 10001 warraq \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin warraq \
    && install --directory --owner=10001 --group=10001 --mode=0750 /keys
COPY --from=build /opt/warraq /opt/warraq
USER 10001:10001
WORKDIR /tmp
CMD ["warraq", "--help"]
