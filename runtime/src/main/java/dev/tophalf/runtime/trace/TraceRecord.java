package dev.tophalf.runtime.trace;

/** Something that happened, as rules read it and as {@link Trace} prints it. */
public interface TraceRecord {
    /** One line that is the same in every run of the same simulation: no hash codes, no addresses of this JVM. */
    String text();

    /** A number that tells records of different text apart, mostly, whatever the JVM. */
    default int fingerprint() {
        return text().hashCode();
    }
}
