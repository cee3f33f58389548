# syntax=docker/dockerfile:1
# onelane: refresh and serve. The home is a volume, secrets are given when it runs.
FROM node:24.11-bookworm-slim AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3=3.11.* python3-venv=3.11.* \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/onelane
COPY package.json package-lock.json .npmrc requirements.lock ./
RUN npm ci \
    && python3 -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --requirement requirements.lock
COPY . .
RUN npm run web:build && npm prune --omit=dev

FROM node:24.11-bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3=3.11.* tini=0.19.* \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /srv/onelane /srv/onelane
WORKDIR /srv/onelane
RUN install --directory --owner=node --group=node --mode=0700 /home/node/onelane
ENV NODE_ENV=production ONELANE_HOME=/home/node/onelane HOST=0.0.0.0 PORT=3000
USER 1000
VOLUME /home/node/onelane
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "node", "pipeline/cli.ts"]
CMD ["serve"]
