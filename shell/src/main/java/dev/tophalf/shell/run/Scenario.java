package dev.tophalf.shell.run;

/** What a person does with loaded drivers. */
interface Scenario {
    /** Plays it, to its end or to where it cannot go on. */
    void play() throws ScenarioException;
}
