package io.healthchecker.operator.source.file;

import io.healthchecker.core.service.DefinitionError;
import io.healthchecker.core.service.FileSourceStatus;
import io.healthchecker.core.service.NamedDefinition;
import io.healthchecker.core.service.Service;
import io.healthchecker.core.time.Ticker;
import io.healthchecker.operator.source.Applied;
import io.healthchecker.operator.source.Reconciliation;
import io.healthchecker.operator.source.Refused;
import io.healthchecker.operator.source.SourceLease;
import io.healthchecker.operator.source.Wanted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/** Services as the files of one directory define them. One thread looks; its status may be read by others. */
public final class FileSource implements Supplier<FileSourceStatus> {
    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    /**
     * How long a definition must be missing before its service is removed, in milliseconds: editors and copies take a file
     * away for a moment, and a service that comes back has lost its history.
     */
    static final long REMOVED_AFTER_MILLIS = 1_000;

    // somebody else may have removed a name that we want, or changed a row by hand
    private static final long AGAIN_AFTER_MILLIS = 60_000;

    private final Path root;
    private final DefinitionFiles files;
    private final IntSupplier team;
    private final Reconciliation reconciliation;
    private final SourceLease lease;
    private final Ticker ticker;
    private final Map<Long, Long> missingSince = new HashMap<>();
    private Set<DefinitionError> told = Set.of();
    private boolean unfinished = true;
    private long appliedMillis;
    private volatile FileSourceStatus status;

    public FileSource(Path root, IntSupplier team, Reconciliation reconciliation, SourceLease lease, Ticker ticker) {
        this.root = root;
        this.files = new DefinitionFiles(root);
        this.team = team;
        this.reconciliation = reconciliation;
        this.lease = lease;
        this.ticker = ticker;
        this.status = new FileSourceStatus(root.toString(), false, null, 0, 0, List.of(), null);
    }

    /** How it stands; from any thread. */
    @Override
    public FileSourceStatus get() {
        return status;
    }

    /** Looks once and applies what is different; whether it has to look again soon. */
    public boolean look() {
        if (!lease.held()) {
            unfinished = true;
            tell(false, null, List.of());
            return false;
        }
        boolean changed = files.look(ticker.epochMillis());
        String problem = files.problem();
        if (problem == null && (changed || unfinished || now() - appliedMillis >= AGAIN_AFTER_MILLIS)) {
            return apply();
        }
        if (problem != null) {
            unfinished = true;
            tell(true, problem, files.errors());
        }
        return false;
    }

    List<Path> directories() {
        return files.directories();
    }

    private boolean apply() {
        List<DefinitionError> errors = new ArrayList<>(files.errors());
        Map<String, DefinitionError> places = new HashMap<>();
        try {
            List<Wanted> wanted = wanted(places);
            Set<Long> missing = new HashSet<>();
            Applied applied = reconciliation.apply(wanted, service -> kept(service, missing));
            missingSince.keySet().retainAll(missing);
            errors.addAll(refused(applied.refused(), places));
            unfinished = !applied.refused().isEmpty() || !missing.isEmpty();
            appliedMillis = now();
            tell(true, null, errors);
            return !missing.isEmpty();
        } catch (FileTeam.Missing e) {
            unfinished = true;
            tell(true, e.getMessage(), errors);
            return false;
        } catch (NestedRuntimeException e) {
            unfinished = true;
            String cause = String.valueOf(e.getMostSpecificCause().getMessage()).replaceAll("\\s+", " ");
            tell(true, "the database cannot be written: " + cause, errors);
            return false;
        }
    }

    private List<Wanted> wanted(Map<String, DefinitionError> places) {
        int owningTeam = team.getAsInt();
        List<Wanted> wanted = new ArrayList<>();
        files.contents().forEach((path, file) -> {
            for (NamedDefinition definition : file.definitions()) {
                String owner = new FileOwner(path, definition.name()).toString();
                wanted.add(new Wanted(owningTeam, owner, definition.name(), definition.definition()));
                places.put(
                        owner, new DefinitionError(path, definition.line(), definition.column(), "metadata.name", ""));
            }
        });
        return wanted;
    }

    private boolean kept(Service service, Set<Long> missing) {
        if (files.uncertain(FileOwner.of(String.valueOf(service.owner())).path())) {
            return true;
        }
        long since = missingSince.computeIfAbsent(service.id(), _ -> now());
        boolean kept = now() - since < REMOVED_AFTER_MILLIS;
        if (kept) {
            missing.add(service.id());
        }
        return kept;
    }

    private static List<DefinitionError> refused(List<Refused> refused, Map<String, DefinitionError> places) {
        return refused.stream()
                .map(one -> {
                    DefinitionError place = places.getOrDefault(
                            one.owner(),
                            new DefinitionError(FileOwner.of(one.owner()).path(), 1, 1, "", ""));
                    return new DefinitionError(
                            place.file(), place.line(), place.column(), place.field(), one.message());
                })
                .toList();
    }

    private void tell(boolean applying, @Nullable String problem, List<DefinitionError> errors) {
        if (problem != null && !problem.equals(status.problem())) {
            LOG.warn("files not applied problem=\"{}\"", problem);
        }
        if (problem == null && status.problem() != null) {
            LOG.info("files applied again directory={}", root);
        }
        errors.stream().filter(error -> !told.contains(error)).forEach(error -> LOG.warn("file refused {}", error));
        told = new HashSet<>(errors);
        int services = files.contents().values().stream()
                .mapToInt(file -> file.definitions().size())
                .sum();
        status = new FileSourceStatus(
                root.toString(),
                applying,
                problem,
                files.contents().size(),
                services,
                errors,
                Instant.ofEpochMilli(ticker.epochMillis()));
    }

    private long now() {
        return ticker.nanoTime() / 1_000_000;
    }
}
