# The archive in an image, for one command at a time:
#   docker build -t arete .
#   mkdir -p runs && chmod 777 runs      # the image's user is not yours
#   docker run --rm -v "$PWD/runs:/data/runs" arete quickstart
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /source
COPY . .
RUN mvn -B -q -DskipTests -Dspotless.check.skip=true -pl cli -am package \
    && mkdir /unpacked && cd /unpacked && jar xf /source/cli/target/arete-*.zip \
    && mv arete-* /arete && chmod 755 /arete/arete

FROM eclipse-temurin:17-jre
RUN useradd --create-home --uid 10001 arete && mkdir /data && chown arete /data
COPY --from=build /arete /opt/arete
USER arete
WORKDIR /data
# The cache of unpacked native libraries; a volume here saves the seconds of unpacking.
ENV XDG_CACHE_HOME=/home/arete/.cache
ENTRYPOINT ["/opt/arete/arete"]
CMD ["--help"]
