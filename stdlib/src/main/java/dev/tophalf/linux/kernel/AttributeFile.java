package dev.tophalf.linux.kernel;

import dev.tophalf.linux.Device.device;
import dev.tophalf.linux.Device.device_attribute;
import dev.tophalf.linux.Device.show_t;
import dev.tophalf.linux.Device.store_t;
import dev.tophalf.linux.Errno;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.DriverEntry;
import dev.tophalf.runtime.memory.Pointer;
import dev.tophalf.runtime.sched.WaitQueue;
import dev.tophalf.runtime.vfs.FileException;
import dev.tophalf.runtime.vfs.VirtualFile;
import java.util.function.LongSupplier;

/** The file of a device's attribute in sysfs. */
public final class AttributeFile extends VirtualFile {
    private static final int PAGE = 4096;

    private final device dev;
    private final device_attribute attribute;
    private final WaitQueue drained = new WaitQueue(Simulation.current().scheduler());
    private int active;
    private boolean removed;

    public AttributeFile(device dev, device_attribute attribute) {
        super(attribute.name, attribute.mode);
        this.dev = dev;
        this.attribute = attribute;
    }

    /** Takes the file away and waits until nobody uses it, as {@code kernfs_drain()} does. */
    public void remove() {
        detach();
        removed = true;
        drained.await("the last user of " + attribute.name, () -> active == 0);
    }

    private long use(LongSupplier call) throws FileException {
        if (removed) {
            throw Files.error(Errno.ENODEV);
        }
        active++;
        try {
            return call.getAsLong();
        } finally {
            active--;
            drained.wakeAll();
        }
    }

    @Override
    public String read() throws FileException {
        show_t show = attribute.show;
        if (show == null) {
            throw Files.error(Errno.EIO);
        }
        Pointer page = Pointer.to(PAGE);
        long length = use(() ->
                SystemCall.run(() -> DriverEntry.call("attribute", show, () -> show.show(dev, attribute, page))));
        if (length < 0) {
            throw Files.error((int) -length);
        }
        if (length >= PAGE) {
            Simulation.current().log(4, "fill_read_buffer: " + attribute.name + " returned bad count");
            throw Files.error(Errno.EIO);
        }
        return page.text((int) length);
    }

    @Override
    public void write(String content) throws FileException {
        store_t store = attribute.store;
        if (store == null) {
            throw Files.error(Errno.EIO);
        }
        Pointer buffer = Pointer.toText(content);
        long count = buffer.room() - 1;
        long used = use(() -> SystemCall.run(
                () -> DriverEntry.call("attribute", store, () -> store.store(dev, attribute, buffer, count))));
        if (used < 0) {
            throw Files.error((int) -used);
        }
    }
}
