package io.healthchecker.operator.status;

/** Why a definition is accepted or not: reasons of the conditions Ready, Reconciling and Stalled. Words never change. */
public enum StatusReason {
    SCHEDULED("Scheduled", "The definition is stored and scheduled."),
    SUSPENDED("Suspended", "The definition is stored; its checks are suspended."),

    INVALID_DEFINITION("InvalidDefinition", "The definition breaks a rule; the message says which."),
    NAME_TAKEN("NameTaken", "Another service of the team has the name."),
    OWNED_ELSEWHERE("OwnedElsewhere", "The service belongs to another source; it can be adopted."),
    NO_TEAM("NoTeam", "The namespace belongs to no team."),
    QUOTA_EXCEEDED("QuotaExceeded", "The team has as many services as it may have."),
    SECRET_NOT_FOUND(
            "SecretNotFound", "A Secret that the definition names does not exist, or is not labelled to be read."),
    SECRET_KEY_NOT_FOUND("SecretKeyNotFound", "A Secret that the definition names has no such key."),
    SECRET_NOT_READABLE("SecretNotReadable", "A Secret that the definition names may not be read, or cannot be used."),
    NO_ENCRYPTION_KEY("NoEncryptionKey", "Secrets cannot be stored: no key to encrypt them is configured.");

    private final String word;
    private final String explanation;

    StatusReason(String word, String explanation) {
        this.word = word;
        this.explanation = explanation;
    }

    /** As shown in a condition. */
    public String word() {
        return word;
    }

    /** One sentence for a person. */
    public String explanation() {
        return explanation;
    }
}
