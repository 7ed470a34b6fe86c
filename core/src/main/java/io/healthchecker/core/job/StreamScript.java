package io.healthchecker.core.job;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A script that Redis runs; it is sent once and called by its digest, and sent again where Redis does not know it. */
final class StreamScript {
    private final byte[] source;
    private final RedisAsyncCommands<byte[], byte[]> redis;
    private final String digest;

    StreamScript(String name, RedisAsyncCommands<byte[], byte[]> redis) {
        this.source = read(name);
        this.redis = redis;
        this.digest = redis.digest(source);
    }

    /** Runs it; what it returns is a list of numbers. */
    CompletableFuture<List<Long>> run(byte[][] keys, byte[]... arguments) {
        return answer(keys, arguments);
    }

    /** Runs it; what it returns is a list of anything. */
    CompletableFuture<List<Object>> runForAny(byte[][] keys, byte[]... arguments) {
        return answer(keys, arguments);
    }

    private <T> CompletableFuture<List<T>> answer(byte[][] keys, byte[]... arguments) {
        CompletableFuture<List<T>> known = redis.<List<T>>evalsha(digest, ScriptOutputType.MULTI, keys, arguments)
                .toCompletableFuture();
        return known.exceptionallyCompose(failure -> unknown(failure)
                ? redis.<List<T>>eval(source, ScriptOutputType.MULTI, keys, arguments)
                : CompletableFuture.failedStage(failure));
    }

    private static boolean unknown(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }

    private static byte[] read(String name) {
        try (InputStream script = StreamScript.class.getResourceAsStream("/redis/" + name)) {
            if (script == null) {
                throw new IllegalStateException("redis/%s is missing from the class path".formatted(name));
            }
            return script.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
