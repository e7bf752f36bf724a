/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Link-time tables: arrays of pointers that the linker collects from all over
 * the image. Pointers and never structs: compilers pad structs in sections as
 * they like. The linker script names every table, so an entry for a table that
 * does not exist is an orphan section and does not link.
 */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include <base/compiler.h>

/**
 * TABLE_ENTRY() - put a pointer to an object into a table
 * @table: name of the table, known to the linker script
 * @key: string; entries are sorted by it, then in link order
 * @id: C identifier, unique in the table: two entries of one name do not link
 * @obj: the object, const and of static storage
 */
#define TABLE_ENTRY(table, key, id, obj)					\
	extern const __typeof__(obj) *const __table_##table##_##id;		\
	const __typeof__(obj) *const __table_##table##_##id			\
	__used __section(".table." #table "." key) = &(obj)

/**
 * TABLE_DECLARE() - make a table's bounds known
 * @type: type of the objects
 * @table: name of the table
 */
#define TABLE_DECLARE(type, table)						\
	extern const type *const __table_##table##_start[];			\
	extern const type *const __table_##table##_end[]

/**
 * table_for_each() - visit each object of a table in order
 * @pp: variable of type "const type *const *", the place in the table
 * @table: name of the table
 */
#define table_for_each(pp, table)						\
	for ((pp) = __table_##table##_start; (pp) < __table_##table##_end; (pp)++)

#endif
