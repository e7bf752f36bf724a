@echo -off
#
# Starts assay where the firmware comes up in the EFI shell. Words behind the
# script's name are handed on: startup.nsh run=acpi.*
#
for %d run (0 31)
  if exist FS%d:\EFI\BOOT\assay.conf then
    FS%d:\EFI\BOOT\BOOTAA64.EFI %1 %2 %3 %4 %5 %6 %7 %8 %9
    goto done
  endif
endfor
echo "startup.nsh: no file system FS0: to FS31: has \EFI\BOOT\assay.conf; 'map -r' lists them"
:done
