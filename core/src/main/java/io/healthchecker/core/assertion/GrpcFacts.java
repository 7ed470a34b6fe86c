package io.healthchecker.core.assertion;

/**
 * How a call by gRPC ended.
 *
 * @param status number of the status, 0 to 16
 * @param name of the status, such as {@code OK} or {@code UNAVAILABLE}
 * @param message that came with the status; empty where none did
 * @param serving what the health service said, such as {@code SERVING}; empty where it said nothing
 */
public record GrpcFacts(int status, String name, String message, String serving) {}
