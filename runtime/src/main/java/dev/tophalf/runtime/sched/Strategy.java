package dev.tophalf.runtime.sched;

/** What answers when something has to be chosen. It lives as long as one run. */
public interface Strategy {
    /** Takes the default each time: no pre-emption, first come first served. */
    Strategy DEFAULT = new Strategy() {
        @Override
        public int pick(Choice choice) {
            return 0;
        }

        @Override
        public boolean isDefault() {
            return true;
        }
    };

    /** The number of the option that it takes. */
    int pick(Choice choice);

    /** Whether it takes the default each time, so that nobody has to ask. */
    default boolean isDefault() {
        return false;
    }
}
