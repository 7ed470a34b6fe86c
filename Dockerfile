# One image for every process; the first argument says which: operator, worker, api-server or up (all in one).
#   docker build -t health-checker .
#   docker run --rm -p 8080:8080 health-checker up
# BASE_IMAGE needs a Java 25 on its PATH and a shell (PostgreSQL's initdb asks for it while the cache is trained).
# JARS=prebuilt takes the jars of this checkout, made by ./mvnw verify, instead of building them (needs BuildKit).
ARG BASE_IMAGE=eclipse-temurin:25-jre
ARG BUILD_IMAGE=eclipse-temurin:25-jdk
ARG JARS=built

FROM ${BUILD_IMAGE} AS built
WORKDIR /source
COPY . .
RUN ./mvnw -B -q -Dfast -Dmaven.test.skip=true -pl standalone -am package \
 && mkdir -p /image/app \
 && cp -r standalone/target/fast/health-checker.jar standalone/target/fast/lib standalone/src/main/image/jvm.options /image/app/

FROM scratch AS prebuilt
COPY standalone/target/health-checker.jar standalone/src/main/image/jvm.options /image/app/
COPY standalone/target/lib /image/app/lib

FROM ${JARS} AS jars

# The JVM takes a cache only with the very jars, times of change included, and the very JVM that it was trained on.
FROM ${BASE_IMAGE} AS trained
COPY --from=jars /image/ /
# the training has a PostgreSQL of its own, whose initdb asks for the name of its user
RUN echo 'health-checker:x:10001:10001::/tmp:/bin/sh' >>/etc/passwd
USER 10001:10001
WORKDIR /tmp
RUN ["java", "@/app/jvm.options", "-XX:AOTCacheOutput=/tmp/health-checker.aot", "-cp", "/app/health-checker.jar", "io.healthchecker.standalone.command.Hc", "train"]

FROM ${BASE_IMAGE}
ARG VERSION=development
LABEL org.opencontainers.image.title="Health Checker" \
      org.opencontainers.image.description="Watches services: each is checked on time, every result is kept." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=jars /image/ /
COPY --from=trained /tmp/health-checker.aot /app/health-checker.aot
# A number, so that Kubernetes sees without a look into the image that it is not root. Nothing is written but /tmp.
USER 10001:10001
WORKDIR /tmp
EXPOSE 8080 8081 8082
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 \
    CMD ["java", "@/app/jvm.options", "-XX:AOTCache=/app/health-checker.aot", "-XX:TieredStopAtLevel=1", "-cp", "/app/health-checker.jar", "io.healthchecker.standalone.command.Hc", "ready"]
ENTRYPOINT ["java", "@/app/jvm.options", "-XX:AOTCache=/app/health-checker.aot", "-cp", "/app/health-checker.jar", "io.healthchecker.standalone.command.Hc"]
CMD ["up"]
