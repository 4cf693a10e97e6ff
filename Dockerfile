# syntax=docker/dockerfile:1
# Two stages: build an environment from the pinned requirements, then run it as an ordinary user.
FROM python:3.12-slim-trixie AS build
WORKDIR /src
COPY requirements/uv.txt requirements/local.txt requirements/
RUN python -m venv /opt/earshot \
    && /opt/earshot/bin/pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && /opt/earshot/bin/uv pip install --no-cache --python /opt/earshot/bin/python --require-hashes -r requirements/local.txt

FROM python:3.12-slim-trixie
RUN useradd --create-home --uid 10001 earshot && install -d -o earshot /data /models
COPY --from=build /opt/earshot /opt/earshot
WORKDIR /app
COPY bot bot
COPY handlers handlers
COPY services services
COPY requirements/weights.txt requirements/weights.txt
ENV PATH=/opt/earshot/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 DATA_DIR=/data MODELS_DIR=/models LOG_FORMAT=json
USER earshot
VOLUME ["/data", "/models"]
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:3000/health', timeout=2)"]
CMD ["python", "-m", "bot", "serve"]
