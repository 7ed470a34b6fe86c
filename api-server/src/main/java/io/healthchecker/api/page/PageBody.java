package io.healthchecker.api.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A status page as it is written and stored. {@link PageRules} says what it may hold. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A status page as it is written.")
public record PageBody(
        @Schema(
                description = "Its address: /status/{slug}. Lower-case letters, digits and hyphens, 2 to 63.",
                example = "acme",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String slug,

        @Schema(
                description = "1 to 200 characters.",
                example = "Acme status",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String title,

        @Schema(description = "At most 2000 characters.", nullable = true) @Nullable
        String description,

        @Schema(description = "Whether others may see it. Default: false.", example = "true") @Nullable
        Boolean published,

        @Schema(
                description =
                        "Who sees it once it is published: everybody, or who has its link. Default: public; of a page by link, link. Such a page has no host of its own.",
                allowableValues = {"public", "link"},
                example = "public",
                nullable = true)
        @Nullable
        String visibility,

        @Schema(
                description = "A host that shows this page; one of those that the operator of this server allows.",
                example = "status.example.com",
                nullable = true)
        @Nullable
        String domain,

        @Schema(
                description = "Origins whose pages may embed it, at most 20.",
                example = "[\"https://www.example.com\"]")
        @Nullable
        List<String> embedOrigins,

        @Schema(
                description = "Its colours: those that a visitor's system asks for, light or dark. Default: system.",
                allowableValues = {"system", "light", "dark"},
                example = "system",
                nullable = true)
        @Nullable
        String theme,

        @Schema(
                description = "Colour of links on light grounds. Its contrast there is at least 4.5:1. Default: ours.",
                example = "#1557b0",
                nullable = true)
        @Nullable
        String accent,

        @Schema(
                description = "Colour of links on dark grounds. Its contrast there is at least 4.5:1. Default: ours.",
                example = "#8ab4ff",
                nullable = true)
        @Nullable
        String accentDark,

        @Schema(description = "Whether its components have badges. Default: true.", example = "true") @Nullable
        Boolean badges,

        @Schema(description = "At most 50, with at most 100 components in all.") @Nullable
        List<Section> sections) {

    /** Components under one heading. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PageSection", description = "Components under one heading.")
    public record Section(
            @Schema(description = "At most 200 characters; none for no heading.", example = "Shop") @Nullable
            String title,

            @Nullable List<Component> components) {}

    /** What is shown of one service, or of those with a label. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PageComponent", description = "What is shown of one service, or of all that have a label.")
    public record Component(
            @Schema(
                    description = "The name that everybody sees, 1 to 200 characters.",
                    example = "Checkout",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String name,

            @Schema(
                    description = "Part of the addresses of its badges, unique in the page. Default: from the name.",
                    example = "checkout",
                    nullable = true)
            @Nullable
            String key,

            @Schema(nullable = true) @Nullable String description,

            @Schema(description = "A service of the team; or else a label.", example = "1", nullable = true) @Nullable
            Long serviceId,

            @Schema(
                    description = "key:value; the worst of the services that have it is shown.",
                    example = "tier:1",
                    nullable = true)
            @Nullable
            String label) {}

    /** The word for a page that only those see who have its link. */
    static final String LINK = "link";

    boolean isPublished() {
        return Boolean.TRUE.equals(published);
    }

    boolean isByLink() {
        return LINK.equals(visibility);
    }

    /** The same for those who have its link. */
    PageBody byLink() {
        return new PageBody(
                slug,
                title,
                description,
                published,
                LINK,
                domain,
                embedOrigins,
                theme,
                accent,
                accentDark,
                badges,
                sections);
    }

    boolean hasBadges() {
        return !Boolean.FALSE.equals(badges);
    }

    List<String> origins() {
        return embedOrigins == null ? List.of() : embedOrigins;
    }

    List<Section> allSections() {
        return sections == null ? List.of() : sections;
    }

    static List<Component> components(Section section) {
        List<Component> components = section.components();
        return components == null ? List.of() : components;
    }
}
