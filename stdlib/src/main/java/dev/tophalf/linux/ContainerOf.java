package dev.tophalf.linux;

import dev.tophalf.runtime.contract.DefinitionMacro.Name;
import dev.tophalf.runtime.contract.DriverBug;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.memory.EmbeddedStruct;

/** {@code linux/container_of.h}: from a member to its struct. */
public final class ContainerOf {
    private ContainerOf() {}

    /**
     * The struct of type {@code type} whose member {@code member} is {@code ptr}.
     *
     * <p>Context: any, NMI included.
     */
    @KernelFunction(header = "linux/container_of.h", nmi = true)
    public static <T> T container_of(EmbeddedStruct ptr, Class<T> type, @Name String member) {
        if (ptr == null) {
            throw DriverBug.nullPointer("container_of()");
        }
        Object container = ptr.container();
        if (!type.isInstance(container) || !ptr.member().equals(member)) {
            String actual = container == null
                    ? "no member of a struct"
                    : "member " + ptr.member() + " of struct "
                            + container.getClass().getSimpleName();
            throw new DriverBug(
                    "container_of() takes the pointer for member " + member + " of struct " + type.getSimpleName()
                            + ", but it is " + actual,
                    "BUG: unable to handle page fault for address");
        }
        return type.cast(container);
    }
}
