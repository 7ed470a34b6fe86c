package io.healthchecker.core.service;

import io.healthchecker.core.service.Findings.Place;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads text as a tree of YAML 1.2 nodes, within limits: an event at a time, so that nothing large is ever built. */
final class YamlTree {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ALIASES = 100;
    private static final int MAX_EVENTS = 250_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(false)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .build();

    private YamlTree() {}

    /** The documents in a part of a file; those before the first fault, which is added to the findings. */
    static List<Node> read(YamlText.Part part, Findings findings) {
        List<Node> documents = new ArrayList<>();
        try {
            Parser events = new Limited(new ParserImpl(SETTINGS, new StreamReader(SETTINGS, part.text())));
            new Composer(SETTINGS, events).forEachRemaining(documents::add);
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> place(mark, part))
                    .orElseGet(() -> new Place(part.firstLine() + 1, 1));
            // never the whole message: it quotes the line, which may hold a secret
            findings.add(place, "", "this is not YAML: %s".formatted(problem(e)));
        } catch (Excess e) {
            findings.add(e.at == null ? Place.START : place(e.at, part), "", e.what);
        } catch (YamlEngineException e) {
            findings.add(new Place(part.firstLine() + 1, 1), "", "this is not YAML: %s".formatted(e.getMessage()));
        }
        return documents;
    }

    static Place place(Node node, YamlText.Part part) {
        return node.getStartMark().map(mark -> place(mark, part)).orElseGet(() -> new Place(part.firstLine() + 1, 1));
    }

    private static Place place(Mark mark, YamlText.Part part) {
        return new Place(part.firstLine() + mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String problem(MarkedYamlEngineException e) {
        String problem = e.getProblem().strip();
        String context = e.getContext();
        // what is said of a tab says already what to do
        return context == null || context.isBlank() || problem.contains("TAB")
                ? problem
                : "%s (%s)".formatted(problem, context.strip());
    }

    /** More than a file of definitions can need. */
    private static final class Excess extends YamlEngineException {
        private static final long serialVersionUID = 1L;

        private final String what;
        private final transient @org.jspecify.annotations.Nullable Mark at;

        Excess(Event event, String message) {
            super(message);
            this.what = message;
            this.at = event.getStartMark().orElse(null);
        }
    }

    /** Counts what passes by, since the composer itself recurses and copies without end. */
    private static final class Limited implements Parser {
        private final Parser parser;
        private int depth;
        private int aliases;
        private int events;

        Limited(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID id) {
            return parser.checkEvent(id);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            if (++events > MAX_EVENTS) {
                throw new Excess(event, "a document has more than %d values; split it".formatted(MAX_EVENTS));
            }
            switch (event) {
                case CollectionStartEvent _ -> depth++;
                case CollectionEndEvent _ -> depth--;
                case AliasEvent _ -> aliases++;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw new Excess(event, "more than %d levels stand in each other; flatten them".formatted(MAX_DEPTH));
            }
            if (aliases > MAX_ALIASES) {
                throw new Excess(event, "a document has more than %d aliases; write them out".formatted(MAX_ALIASES));
            }
            return event;
        }
    }
}
