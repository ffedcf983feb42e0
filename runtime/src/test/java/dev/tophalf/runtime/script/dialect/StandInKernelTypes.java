package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.KernelType;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import java.util.ArrayList;
import java.util.List;

/** The structs and function pointers of {@link StandInKernel}. */
public final class StandInKernelTypes {
    private StandInKernelTypes() {}

    @KernelType(header = "linux/spinlock.h", embedded = true)
    public static final class spinlock_t extends EmbeddedStruct {
        public boolean locked;
    }

    @KernelType(header = "linux/mutex.h", embedded = true)
    public static final class mutex extends EmbeddedStruct {}

    @KernelType(header = "linux/list.h", embedded = true)
    public static final class list_head extends EmbeddedStruct {
        final List<list_head> entries = new ArrayList<>();
    }

    @KernelType(header = "linux/timer.h", embedded = true)
    public static final class timer_list extends EmbeddedStruct {
        public long expires;
    }

    @KernelType(header = "linux/workqueue.h", embedded = true)
    public static final class work_struct extends EmbeddedStruct {
        public work_func_t func;
    }

    @KernelType(header = "linux/io.h", insteadOfIndex = "readl()", insteadOfStore = "writel()")
    public static final class __iomem {
        final long[] registers = new long[16];
        final int offset;
        private final __iomem base;

        __iomem() {
            this(null, 0);
        }

        private __iomem(__iomem base, int offset) {
            this.base = base;
            this.offset = offset;
        }

        public __iomem plus(long bytes) {
            return new __iomem(base == null ? this : base, offset + (int) bytes);
        }

        public __iomem minus(long bytes) {
            return plus(-bytes);
        }

        public long minus(__iomem other) {
            return (long) offset - other.offset;
        }

        public int compareTo(__iomem other) {
            return Integer.compare(offset, other.offset);
        }

        long[] bank() {
            return base == null ? registers : base.registers;
        }
    }

    @KernelType(header = "linux/uaccess.h", insteadOfIndex = "copy_from_user()", insteadOfStore = "copy_to_user()")
    public static final class __user {
        public __user plus(long bytes) {
            return this;
        }
    }

    @KernelType(header = "linux/types.h")
    public static final class ptr {
        final byte[] bytes;
        final int offset;

        ptr(byte[] bytes, int offset) {
            this.bytes = bytes;
            this.offset = offset;
        }

        public ptr plus(long count) {
            return new ptr(bytes, offset + (int) count);
        }

        public ptr minus(long count) {
            return plus(-count);
        }

        public long minus(ptr other) {
            return (long) offset - other.offset;
        }

        public int getAt(long index) {
            return bytes[offset + (int) index] & 0xff;
        }

        public void putAt(long index, int value) {
            bytes[offset + (int) index] = (byte) value;
        }
    }

    @KernelType(header = "linux/device.h")
    public static final class device_driver {
        public String name;
        public String[] of_match_table;
        public device_attribute[] dev_groups;
    }

    @KernelType(header = "linux/device.h")
    public static final class device {
        public String name = "dev0";
        public Object driver_data;
    }

    @KernelType(header = "linux/platform_device.h")
    public static final class platform_device {
        public String name = "pdev0";
        public final device dev = new device();
    }

    @KernelType(header = "linux/platform_device.h")
    public static final class platform_driver {
        public probe_t probe;
        public remove_t remove;
        public final device_driver driver = new device_driver();
    }

    @KernelType(header = "linux/device.h")
    public static final class device_attribute {
        public String name;
        public int mode;
        public show_t show;
        public store_t store;
    }

    @KernelType(header = "linux/fs.h")
    public static final class file {
        public Object private_data;
    }

    @KernelType(header = "linux/fs.h")
    public static final class file_operations {
        public open_t open;
        public String owner;
    }

    @KernelType(header = "linux/sched.h")
    public static final class task_struct {
        public int pid = 42;
    }

    @KernelType(header = "linux/of.h")
    public static final class u32_box {
        @CType("u32")
        public long value;
    }

    @KernelType(header = "linux/interrupt.h")
    public interface irq_handler_t {
        int handle(int irq, Object dev_id);
    }

    @KernelType(header = "linux/workqueue.h")
    public interface work_func_t {
        void run(work_struct work);
    }

    @KernelType(header = "linux/device.h")
    public interface show_t {
        long show(device dev, device_attribute attr, ptr buf);
    }

    @KernelType(header = "linux/device.h")
    public interface store_t {
        long store(device dev, device_attribute attr, ptr buf, @CType("size_t") long count);
    }

    @KernelType(header = "linux/platform_device.h")
    public interface probe_t {
        int probe(platform_device pdev);
    }

    @KernelType(header = "linux/platform_device.h")
    public interface remove_t {
        void remove(platform_device pdev);
    }

    @KernelType(header = "linux/fs.h")
    public interface open_t {
        int open(file filp);
    }

    @KernelType(header = "linux/module.h")
    public interface initcall_t {
        int call();
    }
}
