package io.healthchecker.api.page;

import io.healthchecker.api.problem.ProblemException;
import io.healthchecker.core.assertion.Excerpt;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of a page that a frame shows. That it has stopped or is not checked any more is no part: it is always said. */
enum EmbedPart {
    BANNER,
    COMPONENTS,
    INCIDENTS;

    private static final int SHOWN = 60;

    /**
     * The parts that a request names.
     *
     * @param words with commas between; null for what is shown where nothing is said
     * @throws ProblemException if one of them is no part
     */
    static Set<EmbedPart> of(@Nullable String words) {
        if (words == null) {
            return EnumSet.of(BANNER, COMPONENTS);
        }
        Set<EmbedPart> parts = EnumSet.noneOf(EmbedPart.class);
        for (String word : words.split(",", -1)) {
            parts.add(one(word.strip()));
        }
        return parts;
    }

    private static EmbedPart one(String word) {
        for (EmbedPart part : values()) {
            if (part.name().toLowerCase(Locale.ROOT).equals(word)) {
                return part;
            }
        }
        throw ProblemException.badParameter(
                "sections",
                "sections has \"%s\"; it may have banner, components and incidents, with commas between"
                        .formatted(Excerpt.of(word, SHOWN)));
    }
}
