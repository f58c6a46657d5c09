# The program in a container; mount what is to be checked at /src:
#   docker build -t grantproof .
#   docker run --rm -v "$PWD:/src:ro" grantproof check
FROM debian:bookworm-slim AS build
WORKDIR /grantproof
# The packages change less often than the code, so they have a layer of their own.
COPY cmake/install-packages.sh cmake/
RUN sh cmake/install-packages.sh cmake g++ ninja-build libcli11-dev libexpected-dev libfmt-dev libsimdjson-dev libyaml-cpp-dev \
      libz3-dev nlohmann-json3-dev
COPY . .
RUN sh cmake/bootstrap.sh build

FROM debian:bookworm-slim
COPY cmake/install-packages.sh /tmp/
RUN sh /tmp/install-packages.sh libfmt9 libsimdjson14 libyaml-cpp0.7 libz3-4 && rm -rf /tmp/install-packages.sh /var/lib/apt/lists/*
COPY --from=build /grantproof/build/release/grantproof /usr/local/bin/grantproof
RUN useradd --no-create-home grantproof
USER grantproof
WORKDIR /src
ENTRYPOINT ["grantproof"]
