package dev.tophalf.shell;

/** Which Tophalf this is. */
public final class Version {
    private Version() {}

    /** The version in the jar's manifest. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }
}
