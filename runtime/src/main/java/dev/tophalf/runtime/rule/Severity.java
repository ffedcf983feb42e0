package dev.tophalf.runtime.rule;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
    ERROR,
    WARNING,
    ADVICE;

    /** As reports spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
