# The workbench as an image: `docker build -t siliwright .`, then
# `docker run -p 8501:8501 -v siliwright:/data siliwright`
FROM python:3.11-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends g++ iverilog bubblewrap \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home siliwright \
    && install -d -o siliwright /data /opt/siliwright

WORKDIR /opt/siliwright
COPY --chown=siliwright requirements.txt constraints.txt ./
USER siliwright
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir -r requirements.txt
COPY --chown=siliwright . .

ENV SILIWRIGHT_HOME=/data
VOLUME /data
EXPOSE 8501
HEALTHCHECK CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health')"]
CMD ["./siliwright", "serve", "--host", "0.0.0.0", "--no-browser"]
