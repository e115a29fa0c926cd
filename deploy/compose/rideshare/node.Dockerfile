# The Node service. Context: examples/rideshare/node.
FROM node:22-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY *.mjs ./
ENV HOST=0.0.0.0
EXPOSE 5000
USER node
ENTRYPOINT ["node", "server.mjs"]
