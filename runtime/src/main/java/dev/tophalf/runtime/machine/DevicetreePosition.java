package dev.tophalf.runtime.machine;

/** A place in Devicetree source; line and column count from 1. */
public record DevicetreePosition(String fileName, int line, int column) {

    @Override
    public String toString() {
        return fileName + ":" + line + ":" + column;
    }
}
