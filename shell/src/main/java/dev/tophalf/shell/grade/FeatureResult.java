package dev.tophalf.shell.grade;

/**
 * How a feature of a spec ended, as plain data.
 *
 * @param feature its name
 * @param message why it did not pass, in one line; else empty
 */
record FeatureResult(String feature, Status status, String message) {
    /** How a feature ended, best first. */
    enum Status {
        PASSED,
        /** The driver did not do what the spec demands. */
        FAILED,
        /** The spec itself broke. */
        ERROR
    }

    /** The worse of two results of the same feature. */
    FeatureResult or(FeatureResult other) {
        return other.status.compareTo(status) > 0 ? other : this;
    }
}
